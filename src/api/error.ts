/** The one shape of errors under /api/v1 and /sandbox: code, where, what happened, how to mend it. */

export const API_ERRORS = {
  PARAMETER_INVALID: { status: 400, message: '參數錯誤' },
  UNAUTHORIZED: { status: 401, message: '未提供有效的權杖' },
  LOCAL_ONLY: { status: 403, message: '僅限本機使用' },
  NOT_FOUND: { status: 404, message: '查無資料' },
  CONFLICT: { status: 409, message: '目前狀態不可執行' },
  CLOCK_BEHIND_JOURNAL: { status: 409, message: '時間不可早於最後一筆日誌' },
} as const;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** What a client reads. */
export interface ApiErrorBody {
  readonly code: ApiErrorCode;
  /** `query.limit`, `params.ubn`; '' for the request as a whole. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** Thrown by a route; the server answers with its status and body. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: ApiErrorBody;

  constructor(code: ApiErrorCode, path: string, hint: string) {
    super(`${code} ${path}: ${hint}`);
    this.status = API_ERRORS[code].status;
    this.body = { code, path, message: API_ERRORS[code].message, hint };
  }
}
