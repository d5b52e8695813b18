"""The dashboard: a door that shows the views in a browser and hands decisions to the desk."""
