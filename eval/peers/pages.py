"""Title, authors, day and running text of pages by other programs.

    python eval/peers/pages.py trafilatura|newspaper4k|htmldate < paths.txt

Each line of the input is the path of an HTML file. Prints a line of JSON for the program (`name`, `version`), then one
a page, in order: `title`, `authors`, `date`, `body`, each absent where the program says nothing or does not look.
No program is given the page's address: ours is not either.
"""

import importlib.metadata
import json
import re
import sys


def trafilatura():
    from trafilatura import bare_extraction

    def read(html):
        found = bare_extraction(html, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        authors = [it.strip() for it in (found.author or "").split(";") if it.strip()]
        return {"title": found.title, "authors": authors, "date": found.date, "body": found.text}

    return read


def decode(html):
    """For programs that want text: UTF-8, else what the page says of itself."""
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError:
        stated = re.search(rb"charset=[\"']?([A-Za-z0-9_-]+)", html[:4096])
        try:
            return html.decode(stated.group(1).decode() if stated else "utf-8", "replace")
        except LookupError:
            return html.decode("utf-8", "replace")


def newspaper4k():
    import newspaper

    def read(html):
        article = newspaper.Article("https://example.com/", language="en", fetch_images=False)
        article.download(input_html=decode(html))
        article.parse()
        date = article.publish_date.strftime("%Y-%m-%d") if hasattr(article.publish_date, "strftime") else None
        return {"title": article.title, "authors": list(article.authors), "date": date, "body": article.text}

    return read


def htmldate():
    from htmldate import find_date

    # As in its authors' own evaluation, and with the first day a page bears rather than the last.
    return lambda html: {"date": find_date(html, extensive_search=True, original_date=True)}


PROGRAMS = {"trafilatura": trafilatura, "newspaper4k": newspaper4k, "htmldate": htmldate}


def main():
    name = sys.argv[1]
    read = PROGRAMS[name]()
    print(json.dumps({"name": name, "version": importlib.metadata.version(name)}))
    for line in sys.stdin:
        with open(line.rstrip("\n"), "rb") as file:
            html = file.read()
        try:
            row = read(html)
        except Exception as why:  # A page it stumbles over is a page without an answer.
            print(f"{name}: {type(why).__name__}: {why}", file=sys.stderr)
            row = {}
        print(json.dumps({key: value for key, value in row.items() if value}))


if __name__ == "__main__":
    main()
