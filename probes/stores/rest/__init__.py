"""Services that keep a form's messages: what we ask their web APIs, one file each."""
