"""The guidance of kiBon-Bot: articles in French and German, and the search that finds their passages."""
