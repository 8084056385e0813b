/** A small SMTP server for tests: takes mails on the loopback, or answers as a test tells it to. */
import { createServer, type Socket } from 'node:net';

export interface SmtpServer {
  readonly url: string;
  /** Whole messages as they came, headers first. */
  readonly mails: string[];
  close(): Promise<void>;
}

/** What to answer to a command (`RCPT`, `DATA`, `.` for the end of a message); nothing: the usual. */
export type SmtpAnswer = (command: string, socket: Socket) => string | undefined;

const USUAL: Readonly<Record<string, string>> = {
  EHLO: '250 smtp.test',
  HELO: '250 smtp.test',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  '.': '250 taken',
  RSET: '250 ok',
  QUIT: '221 bye',
};

export async function startSmtpServer(answer: SmtpAnswer = () => undefined): Promise<SmtpServer> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.write('220 smtp.test\r\n');
    let rest = '';
    let isInMessage = false;
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8');
      for (;;) {
        const end = rest.indexOf(isInMessage ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = rest.slice(0, end);
        rest = rest.slice(end + (isInMessage ? 5 : 2));
        if (isInMessage) mails.push(part);
        const command = isInMessage ? '.' : part.slice(0, 4).trim().toUpperCase();
        const reply = answer(command, socket) ?? USUAL[command] ?? '502 what?';
        isInMessage = reply.startsWith('354');
        if (!socket.destroyed) socket.write(`${reply}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
