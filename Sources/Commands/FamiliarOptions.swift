import CommandOptions

extension [FamiliarOption] {
  /// The options of `swiftlet train` that a sweep takes after two dashes.
  static let training: Self = [
    FamiliarOption(
      "documents lossy validation steps seconds batch learning-rate layers embedding heads context tokenizer preset from",
      answer: "the options of swiftlet train follow --, as in: swiftlet sweep CORPUS --vary seed=1..5 -- --steps 500")
  ]

  /// The options of nanoGPT, makemore, llm.c, llama.cpp, textgenrnn and the libraries of Hugging Face that have another
  /// name here.
  static let table: Self = [
    FamiliarOption("lr max-lr base-lr peak-lr learning-rate-init", "--learning-rate"),
    FamiliarOption(
      "epochs epoch num-epochs n-epochs max-epochs num-train-epochs", "--steps",
      answer: "use --steps N or --seconds N; an epoch is the number of documents divided by --batch"),
    FamiliarOption(
      "max-iters iters iterations num-iterations n-iter max-steps num-steps n-steps train-steps num-train-steps",
      "--steps"),
    FamiliarOption(
      "batch-size bs b per-device-train-batch-size device-batch-size micro-batch-size train-batch-size", "--batch"),
    FamiliarOption("n-layer n-layers num-layers num-hidden-layers rnn-layers depth", "--layers"),
    FamiliarOption(
      "n-embd n-embed n-emb embd embed-dim emb-dim embedding-dim embedding-size dim-embeddings d-model model-dim "
        + "hidden-size hidden-dim n-hidden dim width rnn-size", "--embedding"),
    FamiliarOption("n-head n-heads num-heads num-attention-heads", "--heads"),
    FamiliarOption(
      "block-size seq-len seq-length sequence-length context-length context-size max-seq-len max-seq-length n-ctx "
        + "ctx-size n-positions max-position-embeddings max-length", "--context"),
    FamiliarOption("grad-clip max-grad-norm clip-grad clip-norm gradient-clipping", "--clip"),
    FamiliarOption("wd l2 decay", "--weight-decay"),
    FamiliarOption("warmup-iters warmup-steps num-warmup-steps", "--warmup"),
    FamiliarOption("lr-scheduler-type lr-scheduler lr-schedule decay-lr lr-decay", "--schedule"),
    FamiliarOption(
      "dropout drop-prob hidden-dropout-prob", "--embedding-dropout",
      answer: "use --embedding-dropout, --ngram-dropout or --token-noise"),
    FamiliarOption("embd-pdrop embed-dropout emb-dropout", "--embedding-dropout"),
    FamiliarOption("eval-interval eval-every eval-steps val-loss-every logging-steps log-interval", "--evaluate-every"),
    FamiliarOption("early-stopping early-stopping-patience early-stop", "--patience"),
    FamiliarOption(
      "val valid val-split validation-split val-size val-fraction test-size test-split holdout dev eval-file",
      "--validation"),
    FamiliarOption("adam-beta1", "--beta1"),
    FamiliarOption("adam-beta2", "--beta2"),
    FamiliarOption("adam-epsilon eps", "--epsilon"),
    FamiliarOption("vocab-size n-vocab max-vocab max-words vocabulary-size", "--max-vocabulary"),
    FamiliarOption("word-level words", "--tokenizer", answer: "use --tokenizer word"),
    FamiliarOption("tokenizer-name", "--tokenizer"),
    FamiliarOption("text-column column col text-field field", "--documents"),
    FamiliarOption("init-from pretrained finetune fine-tune model-name-or-path base-model weights-path", "--from"),
    FamiliarOption("resume-from-checkpoint continue", "--resume"),
    FamiliarOption("wandb-log wandb tensorboard log-file log logging-dir", "--metrics"),
    FamiliarOption("out out-dir output-dir out-file save save-path save-dir work-dir", "--output"),
    FamiliarOption("num-samples n-samples nsamples num-return-sequences num n", "--count"),
    FamiliarOption(
      "max-new-tokens max-length length max-gen-length n-predict num-predict max-len", "--max-tokens"),
    FamiliarOption("min-new-tokens min-length min-len", "--min-tokens"),
    FamiliarOption("regex regexp pattern grep filter", "--match"),
    FamiliarOption("temp t", "--temperature"),
    FamiliarOption("k", "--top-k"),
    FamiliarOption("p nucleus", "--top-p"),
    FamiliarOption("starts-with start prefix starting-text start-text input", "--prompt"),
    FamiliarOption("repeat-penalty", "--repetition-penalty"),
    FamiliarOption("eos stop-token stop-sequence reverse-prompt", "--stop"),
    FamiliarOption("random-seed random-state manual-seed", "--seed"),
    FamiliarOption("num-workers n-threads num-threads num-proc workers cpus j", "--threads"),
    FamiliarOption("device gpu cuda gpus n-gpu num-gpus fp16 bf16 dtype compile", answer: "the tool uses only the CPU"),
  ]
}
