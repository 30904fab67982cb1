using System.Collections.Concurrent;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Demo;

/// <summary>
/// Links that sign a visitor of the demo in, each once and for an hour. They live in memory as hashes; a hub that is served has none, nor the
/// route that takes them.
/// </summary>
internal sealed class DemoLinks(SecurityClock clock)
{
    /// <summary>How long a link may be used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    private readonly ConcurrentDictionary<string, (string User, DateTimeOffset Ends)> _open = new(StringComparer.Ordinal);

    /// <summary>A link's token for somebody; what he had before ends.</summary>
    public string Make(string user)
    {
        foreach (var (hash, one) in _open)
        {
            if (one.User == user || one.Ends <= clock.Now)
            {
                _open.TryRemove(hash, out _);
            }
        }

        var token = Secrets.NewToken();
        _open[Secrets.Hash(token)] = (user, clock.Now + Lasts);
        return token;
    }

    /// <summary>Whose a token is; null when it was used, has ended or never was. It ends here.</summary>
    public string? Take(string token) => _open.TryRemove(Secrets.Hash(token), out var one) && one.Ends > clock.Now ? one.User : null;
}
