//! Admits proposed changes, or refuses them with every reason at once.
