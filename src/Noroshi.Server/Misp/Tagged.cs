using System.Security.Cryptography;

namespace Noroshi.Server.Misp;

/// <summary>Bytes with an entity tag: who has them already is told so (RFC 9110 section 13.1.2), also when a MISP server asks by POST.</summary>
internal sealed class Tagged(ReadOnlyMemory<byte> bytes, string type) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 16))}\"";
        httpContext.Response.Headers.ETag = tag;
        // What the API says is kept nowhere; a feed may be kept by its reader and asked for anew.
        httpContext.Response.Headers.CacheControl = httpContext.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? "no-store"
            : "private, no-cache";
        if (httpContext.Request.Headers.IfNoneMatch.Any(one => one?.Contains(tag, StringComparison.Ordinal) == true))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        httpContext.Response.ContentType = type;
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
