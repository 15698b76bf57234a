"""Official documents as .docx by GB/T 9704-2012: the page, faces, the parts around the text, the annex."""
