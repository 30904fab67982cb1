using System.Collections.Concurrent;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>
/// Holds back guessing: after some wrong sign-ins for a name from an address both wait, whether there is such an account or not, and a wrong
/// second factor counts like a wrong password. Memory is bounded: the oldest entries make room.
/// </summary>
internal sealed class SignInThrottle(AccountOptions options, SecurityClock clock)
{
    private const int Most = 50_000;

    // An address tries many names: an office behind one address may, a list of names may not.
    private const int NamesOfAnAddress = 10;
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset At)> _seen = new(StringComparer.Ordinal);

    /// <summary>Problem while the name has to wait at this address.</summary>
    public Problem? Refused(HttpContext context, string? name)
    {
        return Refused(KeyOf(context, name), options.SignInAttempts) ?? Refused(KeyOf(context), options.SignInAttempts * NamesOfAnAddress);
    }

    /// <summary>One went wrong.</summary>
    public void Failed(HttpContext context, string? name)
    {
        var now = clock.Now;
        foreach (var key in new[] { KeyOf(context, name), KeyOf(context) })
        {
            _seen.AddOrUpdate(key, _ => (1, now), (_, seen) => (now - seen.At >= options.SignInWait ? 1 : seen.Failures + 1, now));
        }

        if (_seen.Count > Most)
        {
            foreach (var (key, _) in _seen.OrderBy(one => one.Value.At).Take(Most / 10))
            {
                _seen.TryRemove(key, out _);
            }
        }
    }

    /// <summary>One went right.</summary>
    public void Succeeded(HttpContext context, string? name) => _seen.TryRemove(KeyOf(context, name), out _);

    private Problem? Refused(string key, int most)
    {
        var now = clock.Now;
        return _seen.TryGetValue(key, out var seen) && seen.Failures >= most && now - seen.At < options.SignInWait
            ? Problem.TooMany(seen.At + options.SignInWait - now)
            : null;
    }

    private static string KeyOf(HttpContext context) => Gate.AddressOf(context);

    private static string KeyOf(HttpContext context, string? name) =>
        Secrets.Hash($"{Gate.AddressOf(context)}\n{(UserNames.Prepare(name) is { } prepared ? UserNames.Look(prepared) : name)}");
}
