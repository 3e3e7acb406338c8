// Layer and batch normalization.

static void layer_norm(const float *x, size_t ldx, size_t columns, const float *gamma, const float *beta, float epsilon,
                       float *y, size_t ldy, float *mean_rstd, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    double sum = 0, squares = 0;
    for (size_t c = 0; c < columns; c++) sum += from[c];
    const double mean = sum / (double)columns;
    for (size_t c = 0; c < columns; c++) squares += (from[c] - mean) * (from[c] - mean);
    const double rstd = 1 / sqrt(squares / (double)columns + epsilon);
    mean_rstd[2 * r] = (float)mean;
    mean_rstd[2 * r + 1] = (float)rstd;
    for (size_t c = 0; c < columns; c++) y[r * ldy + c] = (float)((from[c] - mean) * rstd) * gamma[c] + beta[c];
  }
}

static void layer_norm_gradient(const float *x, size_t ldx, size_t columns, const float *gamma, const float *mean_rstd,
                                const float *dy, size_t lddy, float *dx, size_t lddx, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float mean = mean_rstd[2 * r], rstd = mean_rstd[2 * r + 1];
    double sum = 0, product = 0;
    for (size_t c = 0; c < columns; c++) {
      const float d = dy[r * lddy + c] * gamma[c];
      sum += d;
      product += d * ((x[r * ldx + c] - mean) * rstd);
    }
    const float mean_d = (float)(sum / (double)columns), mean_p = (float)(product / (double)columns);
    for (size_t c = 0; c < columns; c++) {
      const float hat = (x[r * ldx + c] - mean) * rstd;
      dx[r * lddx + c] = rstd * (dy[r * lddy + c] * gamma[c] - mean_d - hat * mean_p);
    }
  }
}

static void layer_norm_parameter_gradient(const float *x, size_t ldx, const float *mean_rstd, const float *dy,
                                          size_t lddy, size_t rows, float *dgamma, float *dbeta, size_t column0,
                                          size_t column1) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = column0; c < column1; c++) {
      const float d = dy[r * lddy + c];
      dgamma[c] += d * ((x[r * ldx + c] - mean_rstd[2 * r]) * mean_rstd[2 * r + 1]);
      dbeta[c] += d;
    }
  }
}

static void column_moments(const float *x, size_t ldx, size_t rows, float *mean, float *variance, size_t column0,
                           size_t column1) {
  const double count = rows ? (double)rows : 1;
  for (size_t c = column0; c < column1; c++) {
    double sum = 0, squares = 0;
    for (size_t r = 0; r < rows; r++) sum += x[r * ldx + c];
    const double average = sum / count;
    for (size_t r = 0; r < rows; r++) squares += (x[r * ldx + c] - average) * (x[r * ldx + c] - average);
    mean[c] = (float)average;
    variance[c] = (float)(squares / count);
  }
}

static void batch_norm(const float *x, size_t ldx, size_t columns, const float *mean, const float *rstd,
                       const float *gamma, const float *beta, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c++)
      y[r * ldy + c] = (x[r * ldx + c] - mean[c]) * rstd[c] * gamma[c] + beta[c];
}

static void batch_norm_parameter_gradient(const float *x, size_t ldx, const float *mean, const float *rstd,
                                          const float *dy, size_t lddy, size_t rows, float *dgamma, float *dbeta,
                                          float *sums, size_t column0, size_t column1) {
  for (size_t c = column0; c < column1; c++) {
    float sum = 0, product = 0;
    for (size_t r = 0; r < rows; r++) {
      const float d = dy[r * lddy + c];
      sum += d;
      product += d * ((x[r * ldx + c] - mean[c]) * rstd[c]);
    }
    sums[2 * c] = sum;
    sums[2 * c + 1] = product;
    dgamma[c] += product;
    dbeta[c] += sum;
  }
}

static void batch_norm_gradient(const float *x, size_t ldx, size_t columns, const float *mean, const float *rstd,
                                const float *gamma, const float *sums, size_t rows_total, const float *dy, size_t lddy,
                                float *dx, size_t lddx, size_t row0, size_t row1) {
  const float share = 1 / (float)rows_total;
  for (size_t r = row0; r < row1; r++) {
    for (size_t c = 0; c < columns; c++) {
      const float hat = (x[r * ldx + c] - mean[c]) * rstd[c];
      dx[r * lddx + c] = gamma[c] * rstd[c] * (dy[r * lddy + c] - (sums[2 * c] + hat * sums[2 * c + 1]) * share);
    }
  }
}
