"""From facts to a deployment: merge what several inputs say, then let each product say what it implies."""
