/** What notices need from outside: a mail server, a text message provider, somebody who posts a form. */

/** What came of one attempt. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly note: string }
  /** It did not arrive, and sending again may help. */
  | { readonly kind: 'refused-for-now'; readonly note: string }
  /** It did not arrive, or nobody can know whether it did: sending again is a person's decision. */
  | { readonly kind: 'failed'; readonly note: string };

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names the notice, so that a mail found twice is seen to be one. */
  readonly messageId: string;
}
export interface MailSender {
  send(mail: Mail): Promise<Delivery>;
}

export interface TextMessage {
  readonly to: string;
  readonly text: string;
}
export interface SmsSender {
  send(message: TextMessage): Promise<Delivery>;
}

export interface Post {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}
/** An answer, or why none came. */
export type PostReply =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'unanswered'; readonly note: string; readonly isFinal: boolean };
export interface Poster {
  post(post: Post): Promise<PostReply>;
}

/** One structured line each; facts never hold addresses, numbers of telephones or secrets. */
export interface Log {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}
