// Trains and samples in C, and shows the errors of wrong calls.
#include <stdio.h>
#include <string.h>

#include "swiftlet.h"

static bool progress(void *context, const swiftlet_progress *progress) {
  *(uint64_t *)context = progress->step;
  return true;
}

static void show(swiftlet_error error) {
  printf("%d %s\n", error.code, error.sentence);
  swiftlet_string_free(error.sentence);
}

int main(int count, char **arguments) {
  if (count < 2) return 2;
  swiftlet_error error;
  uint64_t step = 0;
  swiftlet_observer observer = {&step, progress, NULL, NULL};
  const char *paths[] = {arguments[1]};
  const char *options[] = {"steps=50", "layers=1", "embedding=16", "threads=1"};
  swiftlet_model *model = swiftlet_train_files(paths, 1, options, 4, &observer, &error);
  if (!model) {
    show(error);
    return error.code;
  }
  const char *count_option[] = {"count=2"};
  char *texts = swiftlet_sample(model, count_option, 1, NULL, &error);
  puts(texts);
  swiftlet_string_free(texts);

  const char *wrong[] = {"steps=-1"};
  if (!swiftlet_train_files(paths, 1, wrong, 1, NULL, &error)) show(error);
  if (!swiftlet_sample(NULL, NULL, 0, NULL, &error)) show(error);
  if (!swiftlet_model_load("no such file", NULL, 0, &error)) show(error);

  swiftlet_texts *corpus = swiftlet_texts_create();
  const uint64_t ends[] = {4, 4, 8};
  bool added = swiftlet_texts_append(corpus, "annaotto", ends, 3, &error);
  swiftlet_model *second = added ? swiftlet_train_texts(corpus, options, 4, NULL, &error) : NULL;
  swiftlet_texts_free(corpus);
  size_t rows, columns;
  const char *name;
  const float *values = swiftlet_model_weight(second, 0, &name, &rows, &columns);
  bool good = step == 50 && second && values && strcmp(name, "wte") == 0 && columns == 16;
  swiftlet_model_free(model);
  swiftlet_model_free(second);
  return good ? 0 : 1;
}
