"""Layout: where each box of a map stands and how its name is broken into lines."""

from capmap.layout.frozen import follow, rearrange, tidy
from capmap.layout.nested import arrange

__all__ = ["arrange", "follow", "rearrange", "tidy"]
