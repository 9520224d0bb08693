"""Screen layouts 页面布局: for each role and object its sections and their fields, what is left out, what is asked for when."""
