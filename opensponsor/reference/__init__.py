"""Published facts that we load and never edit: authorities through time, postcodes, arrival hubs, health boards."""
