"""One file per page; pages compute nothing, they show what the views made of an evaluation.

Not named `pages`: beside a script Streamlit takes a folder of that name for its own list of pages, and the first
visitor of a fresh server meets "Page not found".
"""
