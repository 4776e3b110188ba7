"""Why messages are lost: from what was seen to a cause, proven, likely or unknown."""
