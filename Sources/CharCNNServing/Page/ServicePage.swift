internal import CharCNNFiles

/// The page of a server, for people: it asks the plain API while somebody types.
package enum ServicePage {
  /// The document, which needs nothing else: no script, font or picture from elsewhere.
  package static let html = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>CharCNN</title>
    <link rel="icon" href="data:image/svg+xml,\(icon)">
    <style>\(ServicePageStyle.css)</style>
    </head>
    <body>
    \(ServicePageMarkup.body)
    <script>\(ServicePageScript.js)</script>
    </body>
    </html>

    """

  /// The value of the header `Content-Security-Policy`.
  ///
  /// Nothing may run or look on but what stands in the page: should a text or a label ever become markup, it could do nothing.
  package static let policy = [
    "default-src 'none'", "style-src '\(hash(of: ServicePageStyle.css))'",
    "script-src '\(hash(of: ServicePageScript.js))'", "connect-src 'self'", "img-src data:", "base-uri 'none'",
    "form-action 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  /// How a policy names a text that may stand in the page.
  private static func hash(of text: String) -> String {
    "sha256-\(Base64.text(of: SHA256.digest(of: Array(text.utf8))))"
  }

  /// Three bars, as the page's heading has them.
  private static let icon = """
    %3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='%232166c4'%3E\
    %3Crect x='1' y='2' width='14' height='3' rx='1.5'/%3E%3Crect x='1' y='6.5' width='9' height='3' rx='1.5'/%3E\
    %3Crect x='1' y='11' width='5' height='3' rx='1.5'/%3E%3C/svg%3E
    """
}
