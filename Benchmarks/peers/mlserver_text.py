"""A linear model of scikit-learn behind MLServer: python mlserver_text.py TABLE FOLDER PORT writes both for `mlserver start FOLDER`."""

import csv
import json
import os
import pickle
import sys

if __name__ == "__main__":
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    table, folder, port = sys.argv[1:]
    with open(table, encoding="utf8", newline="") as file:
        rows = [(row["text"], row["label"]) for row in csv.DictReader(file)]
    model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True), LinearSVC())
    model.fit([text for text, _ in rows], [label for _, label in rows])
    with open(os.path.join(folder, "peer.pickle"), "wb") as file:
        pickle.dump(model, file)
    with open(os.path.join(folder, "settings.json"), "w", encoding="utf8") as file:
        json.dump({"http_port": int(port), "grpc_port": int(port) + 1, "metrics_port": int(port) + 2, "debug": False,
                   # Its workers do not start with the event loop that pip installs beside it (1.7.1 with uvloop 0.23).
                   "parallel_workers": 0}, file)
    with open(os.path.join(folder, "mlserver_text.py"), "w", encoding="utf8") as file, open(__file__, encoding="utf8") as own:
        file.write(own.read())
    with open(os.path.join(folder, "model-settings.json"), "w", encoding="utf8") as file:
        json.dump({"name": "peer", "implementation": "mlserver_text.Texts", "parameters": {"uri": "./peer.pickle"}}, file)
else:
    from mlserver import MLModel
    from mlserver.codecs import StringCodec
    from mlserver.types import InferenceRequest, InferenceResponse

    class Texts(MLModel):
        """Labels of texts."""

        async def load(self) -> bool:
            with open(self.settings.parameters.uri, "rb") as file:
                self.model = pickle.load(file)
            return True

        async def predict(self, payload: InferenceRequest) -> InferenceResponse:
            texts = StringCodec.decode_input(payload.inputs[0])
            labels = [str(label) for label in self.model.predict(texts)]
            return InferenceResponse(model_name=self.name, outputs=[StringCodec.encode_output("label", labels)])
