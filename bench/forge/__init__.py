"""Made-up declarations with their truth, as text, Word, Excel, HTML, PDF and scans."""
