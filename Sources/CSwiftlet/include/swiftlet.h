// Swiftlet as a shared library: training, sampling and scoring for programs in C and in every language that can call C.
//
//     swiftlet_error error;
//     const char *options[] = {"steps=200", "seed=1"};
//     const char *paths[] = {"names.txt"};
//     swiftlet_model *model = swiftlet_train_files(paths, 1, options, 2, NULL, &error);
//     if (!model) { fprintf(stderr, "%s\n", error.sentence); swiftlet_string_free(error.sentence); return error.code; }
//     char *texts = swiftlet_sample(model, options, 0, NULL, &error);
//     swiftlet_string_free(texts);
//     swiftlet_model_free(model);
//
// Options are those of the command-line tool, as strings "name=value" with the long name: "learning-rate=0.01". An
// option without a value is "name=true". They are parsed as the tool parses them, and give the same results.
//
// A function that fails returns NULL, or false, and sets *error. Text is UTF-8; results are JSON where they have parts.
// The caller frees what a function returns, with the _free function of its type.
//
// Any number of threads may use a model at the same time. One thread at a time may use a swiftlet_texts or a
// swiftlet_stream. Nothing here prints, catches signals or ends the process.
#ifndef SWIFTLET_H
#define SWIFTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The reason of a failure. It is undefined after a success.
typedef struct {
  // The exit code of the tool: 1 for fewer texts than requested, 64 for options that are wrong, 65 for data that cannot
  // be used, 66 for a missing file, 69 on a processor that lacks instructions of the library, 70 for an internal error,
  // 73 and 74 for a file that cannot be written or read, and 130 if the observer stopped the call.
  int32_t code;
  // What is wrong, where, and the fix. Freed with swiftlet_string_free.
  char *sentence;
} swiftlet_error;

// The state of a run after a step, or of a call that generates texts.
typedef struct {
  // The steps done, and those of the run; the texts found, and those requested.
  uint64_t step, steps;
  // The mean loss of the last hundred steps in nats per token; NaN before the first.
  double loss;
  // The last held-out loss in nats per token; NaN before the first.
  double held_out;
  double tokens_per_second;
  // The time since the start, and the probable time to the end.
  double seconds, seconds_left;
} swiftlet_progress;

// The functions that watch a call, on the thread of the call. Each may be NULL, and so may the observer.
typedef struct {
  void *context;
  // Called before the first step, about ten times a second and after the last step. The call stops when it returns
  // false: training ends after the step, and returns the model so far.
  bool (*progress)(void *context, const swiftlet_progress *progress);
  // Called about ten times a second while swiftlet_train_texts or swiftlet_train_files reads, tokenizes, or makes the
  // n-gram memory. If it returns false before the first step, the call fails with code 130; after the last step, the
  // model has no memory.
  bool (*continues)(void *context);
  // Called with each sentence that the tool prints, such as the size of the model, and with samples during training.
  void (*note)(void *context, const char *sentence);
} swiftlet_observer;

// The version, such as "0.1.0".
const char *swiftlet_version(void);

// Returns the tool's help of "train", "sample" or "score", or NULL for another name.
char *swiftlet_help(const char *command);

void swiftlet_string_free(char *string);

// MARK: Texts to train on

typedef struct swiftlet_texts swiftlet_texts;

swiftlet_texts *swiftlet_texts_create(void);
void swiftlet_texts_free(swiftlet_texts *texts);

// Adds texts that lie one after another in `bytes`; text i ends before bytes[ends[i]]. They are copied, so that a large
// corpus can be added in parts. Blank texts are counted and left out.
bool swiftlet_texts_append(
    swiftlet_texts *texts, const char *bytes, const uint64_t *ends, size_t count, swiftlet_error *error);

// MARK: Models

typedef struct swiftlet_model swiftlet_model;

// Trains on texts, which are taken out of `texts` and freed as soon as they are encoded. The options are those of
// `swiftlet train`. Without the option output, nothing is written.
swiftlet_model *swiftlet_train_texts(
    swiftlet_texts *texts, const char *const *options, size_t option_count, const swiftlet_observer *observer,
    swiftlet_error *error);

// Trains on files.
swiftlet_model *swiftlet_train_files(
    const char *const *paths, size_t path_count, const char *const *options, size_t option_count,
    const swiftlet_observer *observer, swiftlet_error *error);

// Reads a model file. The option is memory.
swiftlet_model *swiftlet_model_load(
    const char *path, const char *const *options, size_t option_count, swiftlet_error *error);

// Writes a model file: the same bytes as the tool. A file that swiftlet did not write is replaced only if `force`. A
// model of other settings is kept as NAME.previous unless the new one is better or `force`; a note says so.
bool swiftlet_model_save(
    const swiftlet_model *model, const char *path, bool force, const swiftlet_observer *observer,
    swiftlet_error *error);

void swiftlet_model_free(swiftlet_model *model);

// Returns the sizes, the tokenizer and the training of a model, as `swiftlet info --json`. For a model trained by this
// process it also has "run": the results, as `swiftlet train --json`, "interrupted", "notes", and the loss "curve".
char *swiftlet_model_info(const swiftlet_model *model);

// Returns a summary of a model for a notebook, as HTML.
char *swiftlet_model_html(const swiftlet_model *model);

// The number of weight matrices.
size_t swiftlet_model_weight_count(const swiftlet_model *model);

// Returns a matrix, row by row, and its name and size. Both belong to the model.
const float *swiftlet_model_weight(
    const swiftlet_model *model, size_t index, const char **name, size_t *rows, size_t *columns);

// MARK: Generation and scores

// Generates texts: a JSON array of objects with "text", "complete" and "novel". The options are those of
// `swiftlet sample`; count=10 is the default. With novel, unique, match or max-quote there may be fewer: after the last
// one, *error has the code 1 and the sentence, and otherwise the code 0.
char *swiftlet_sample(
    const swiftlet_model *model, const char *const *options, size_t option_count, const swiftlet_observer *observer,
    swiftlet_error *error);

// Scores texts: a JSON array of objects, as `swiftlet score --json`. The options are those of `swiftlet score`.
// `first` is the number of the first text in error sentences, from 0.
char *swiftlet_score(
    const swiftlet_model *model, const char *bytes, const uint64_t *ends, size_t count, size_t first,
    const char *const *options, size_t option_count, swiftlet_error *error);

// Returns the tokens of a text: a JSON array of objects with "id" and "text".
char *swiftlet_tokens(const swiftlet_model *model, const char *text, size_t length, swiftlet_error *error);

// A text that is generated piece by piece.
typedef struct swiftlet_stream swiftlet_stream;

// Prepares a text. The options are those of `swiftlet sample`. Nothing is computed before the first piece is asked for.
swiftlet_stream *swiftlet_stream_open(
    const swiftlet_model *model, const char *const *options, size_t option_count, const swiftlet_observer *observer,
    swiftlet_error *error);

// Returns the next piece and its length in bytes. At the end it returns NULL and sets the code 0.
char *swiftlet_stream_next(swiftlet_stream *stream, size_t *length, swiftlet_error *error);

void swiftlet_stream_free(swiftlet_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
