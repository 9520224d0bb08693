"""Files 附件: uploads, kept on disk by their content, known by an id."""
