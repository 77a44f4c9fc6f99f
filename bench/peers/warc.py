"""Documents of a web archive by other programs: records per CPU-second.

    python bench/peers/warc.py fastwarc|warcio < path.txt

The input is the path of one .warc.gz. Each program gives all response records with their HTTP head parsed and their
whole body. Prints one line: records, bytes, CPU seconds.
"""

import sys
import time


def fastwarc(path):
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with open(path, "rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            yield len(record.reader.read())


def warcio(path):
    from warcio.archiveiterator import ArchiveIterator

    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                yield len(record.content_stream().read())


def main():
    read = {"fastwarc": fastwarc, "warcio": warcio}[sys.argv[1]]
    path = sys.stdin.read().strip()
    n, n_bytes = 0, 0
    started = time.process_time()
    for length in read(path):
        n += 1
        n_bytes += length
    print(f"{n} records, {n_bytes} bytes, {time.process_time() - started:.3f} CPU-s")


if __name__ == "__main__":
    main()
