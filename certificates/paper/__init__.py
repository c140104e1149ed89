"""Draws printed papers (certificates, later diplomas and transcripts) as PDF.

Plain Python over ReportLab and HarfBuzz: it knows no model, no request, no translation. Callers hand in
finished strings.
"""
