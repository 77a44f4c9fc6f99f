"""Article text of pages by other programs: pages per CPU-second.

    python bench/peers/pages.py trafilatura|resiliparse < paths.txt

Each line of the input is a path of an HTML file, gzip or not. Prints one line: pages, CPU seconds.
"""

import gzip
import sys
import time

SECONDS_MIN = 3.0


def extractor(name):
    if name == "trafilatura":
        import trafilatura

        return lambda html: trafilatura.extract(html, fast=True, include_comments=False) or ""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True)


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", "replace")


def main():
    extract = extractor(sys.argv[1])
    pages = [read(line.strip()) for line in sys.stdin if line.strip()]
    extract(pages[0])
    started = time.process_time()
    n_pages = n_chars = 0
    while n_pages == 0 or time.process_time() - started < SECONDS_MIN:
        n_chars = sum(len(extract(page)) for page in pages)
        n_pages += len(pages)
    print(f"{n_pages} pages, {n_chars} characters, {time.process_time() - started:.3f} CPU-s")


if __name__ == "__main__":
    main()
