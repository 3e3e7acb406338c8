#include "kernels.h"

uint32_t ck_random_word(uint64_t key, uint64_t index) {
  uint32_t words[4];
  ck_philox(key, index >> 2, words);
  return words[index & 3];
}

void ck_random_words(uint64_t key, uint64_t first_index, uint32_t *words, size_t n) {
  uint32_t block[4];
  size_t i = 0;
  while (i < n) {
    const uint64_t index = first_index + i;
    ck_philox(key, index >> 2, block);
    for (size_t k = index & 3; k < 4 && i < n; k++) words[i++] = block[k];
  }
}
