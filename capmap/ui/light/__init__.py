"""Light: what a service, a project or any other linked thing touches, lit on the map and told in words."""
