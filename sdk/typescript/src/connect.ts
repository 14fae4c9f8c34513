// Connection to one cluster and one marketplace API.
import {
  appendTransactionMessageInstructions,
  assertIsTransactionWithBlockhashLifetime,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  getSignatureFromTransaction,
  type Instruction,
  type MessagePartialSigner,
  pipe,
  type Rpc,
  type RpcSubscriptions,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  type Signature,
  signTransactionMessageWithSigners,
  type SolanaRpcApi,
  type SolanaRpcSubscriptionsApi,
  type TransactionSigner,
} from "@solana/kit";
import { type ApiClient, apiClient } from "./api.ts";
import { programError } from "./errors.ts";

export interface Endpoints {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly apiUrl: string;
  /** Key that signs requests to the API; without one the client can only read. */
  readonly signer?: MessagePartialSigner;
}

export interface Connection {
  readonly rpc: Rpc<SolanaRpcApi>;
  readonly rpcSubscriptions: RpcSubscriptions<SolanaRpcSubscriptionsApi>;
  readonly api: ApiClient;
  /**
   * Send one transaction, signed by `payer` and by the signers inside the instructions, and wait until it is
   * confirmed. Throws `ProgramError` if a program refuses it.
   */
  readonly send: (instructions: readonly Instruction[], payer: TransactionSigner) => Promise<Signature>;
}

/** Return a connection. It contacts no server before the first call. */
export function connect({ rpcUrl, wsUrl, apiUrl, signer }: Endpoints): Connection {
  const rpc = createSolanaRpc(rpcUrl);
  const rpcSubscriptions = createSolanaRpcSubscriptions(wsUrl);
  const sendAndConfirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });
  return {
    rpc,
    rpcSubscriptions,
    api: apiClient({ url: apiUrl, signer }),
    async send(instructions, payer) {
      const { value: blockhash } = await rpc.getLatestBlockhash().send();
      const message = pipe(
        createTransactionMessage({ version: 0 }),
        (draft) => setTransactionMessageFeePayerSigner(payer, draft),
        (draft) => setTransactionMessageLifetimeUsingBlockhash(blockhash, draft),
        (draft) => appendTransactionMessageInstructions(instructions, draft),
      );
      const transaction = await signTransactionMessageWithSigners(message);
      assertIsTransactionWithBlockhashLifetime(transaction);
      try {
        await sendAndConfirm(transaction, { commitment: "confirmed" });
      } catch (error) {
        throw programError(error, instructions) ?? error;
      }
      return getSignatureFromTransaction(transaction);
    },
  };
}
