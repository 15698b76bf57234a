"""The peer of `bench intake`: a plain asyncio server that keeps the bytes of a request durably and answers, no more.

It splits HTTP by hand, appends bodies to one file, makes those that wait together durable by one fdatasync in a thread,
as the intake does, and writes pictures (PUT) to files of their own, synced each. No signature, no check, no index.
"""

import asyncio
import os
import sys
import uuid
from pathlib import Path

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


class Peer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self.writing: asyncio.Task[None] | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
                body = await reader.readexactly(length)
                if head.startswith(b"PUT"):
                    await asyncio.to_thread(self.keep, body)
                else:
                    await self.durable(body)
                writer.write(ANSWER)
        except asyncio.IncompleteReadError:
            writer.close()

    async def durable(self, body: bytes) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append((body, done))
        if self.writing is None or self.writing.done():
            self.writing = asyncio.create_task(self.write())
        await done

    async def write(self) -> None:
        while self.waiting:
            taken, self.waiting = self.waiting, []
            await asyncio.to_thread(self.append, b"".join(body for body, _ in taken))
            for _, done in taken:
                done.set_result(None)

    def append(self, content: bytes) -> None:
        os.write(self.log, content)
        os.fdatasync(self.log)

    def keep(self, content: bytes) -> None:
        name = self.folder / uuid.uuid4().hex
        with name.open("wb") as file:
            file.write(content)
            file.flush()
            os.fdatasync(file.fileno())
        folder = os.open(self.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


async def main(folder: Path) -> None:
    server = await asyncio.start_server(Peer(folder).serve, "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
