"""Every setting, declared once; who decided its value; and where it is kept."""
