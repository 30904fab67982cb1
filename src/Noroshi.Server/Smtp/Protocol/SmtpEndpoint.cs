using System.Security.Cryptography.X509Certificates;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>One endpoint.</summary>
/// <param name="Certificate">The certificate of the moment, with its private key; null while there is none. Asked at each handshake.</param>
/// <param name="ImplicitTls">TLS from the first byte (RFC 8314).</param>
internal sealed record SmtpEndpoint(Func<X509Certificate2?> Certificate, bool ImplicitTls = false);
