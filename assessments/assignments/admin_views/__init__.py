"""The screens of assignments in the CMS: writing them, rubrics, marking."""
