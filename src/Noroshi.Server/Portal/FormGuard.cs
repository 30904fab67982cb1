using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Portal;

/// <summary>Stands on routes that take a form of a page: what other sites cannot make is its token, in place of the header that scripts send.</summary>
internal sealed class FormRoute
{
    /// <summary>The one of all routes.</summary>
    public static FormRoute Mark { get; } = new();
}

/// <summary>
/// Tells a form of this hub's own pages from one of another site. Its token is bound to the session; before there is one, to a cookie that other
/// sites can neither read nor set.
/// </summary>
internal sealed class FormGuard
{
    /// <summary>Name of the field.</summary>
    public const string Field = "form-token";

    private const string Cookie = "noroshi-form";
    private const int MostBytes = 256 * 1024;

    private static readonly FormOptions Limits = new()
    {
        KeyLengthLimit = 64,
        ValueLengthLimit = 20_000,
        ValueCountLimit = 400,
        BufferBody = false,
    };

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The token for forms of an answer.</summary>
    public string TokenFor(HttpContext context)
    {
        if (context.Features.Get<SessionOfRequest>() is { } session)
        {
            return Token("session", session.Token);
        }

        if (context.Request.Cookies[NameOf(context)] is not { Length: > 0 and < 200 } bound)
        {
            bound = Secrets.NewToken();
            context.Response.Cookies.Append(
                NameOf(context),
                bound,
                new CookieOptions
                {
                    HttpOnly = true,
                    Secure = context.Request.IsHttps,
                    SameSite = SameSiteMode.Strict,
                    Path = "/",
                    IsEssential = true,
                }
            );
        }

        return Token("before", bound);
    }

    /// <summary>Whether a form comes from a page of this hub, shown to this browser in this session.</summary>
    public async Task<bool> IsOwnAsync(HttpContext context)
    {
        // Browsers say where a request comes from, and other sites cannot change it.
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            return false;
        }

        var bound = context.Features.Get<SessionOfRequest>() is { } session
            ? Token("session", session.Token)
            : Token("before", context.Request.Cookies[NameOf(context)] ?? Secrets.NewToken());
        var shown = (await ReadAsync(context))[Field].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(bound), Encoding.UTF8.GetBytes(shown));
    }

    /// <summary>The fields of a form.</summary>
    /// <exception cref="ProblemException">It is none, or larger than any of ours.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ProblemException(ProblemKind.UnsupportedMedia);
        }

        if (context.Features.Get<IFormFeature>() is FormFeature { Form: { } read })
        {
            return read;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        context.Features.Set<IFormFeature>(new FormFeature(request, Limits));
        try
        {
            return await request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(ProblemKind.TooLarge);
        }
    }

    private static string NameOf(HttpContext context) => context.Request.IsHttps ? "__Host-" + Cookie : Cookie;

    private string Token(string kind, string bound) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{kind} {bound}")));
}
