"""Parts: small things that every room of the window is made of: colours, icons, labels."""
