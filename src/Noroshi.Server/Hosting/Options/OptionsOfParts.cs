using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting.Tls;
using Noroshi.Server.Identity;
using Noroshi.Server.Smtp;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Hosting.Options;

/// <summary>Hands the settings to the parts in the form that each asks for, and to the way in by mail what it needs of others.</summary>
internal static class OptionsOfParts
{
    private static BreachedPasswords ListOf(AccountListOptions accounts)
    {
        try
        {
            return BreachedPasswords.Open(accounts.BreachedPasswords);
        }
        catch (IOException error)
        {
            throw new SettingsException([
                new OptionProblem(
                    "Accounts:BreachedPasswords",
                    "Accounts:BreachedPasswords: ファイルを読めないか、バイト順に並んでいません(LC_ALL=C sort -u で並べ替えてください)。",
                    $"Accounts:BreachedPasswords: {error.Message}"
                ),
            ]);
        }
    }

    /// <summary>Before the parts add their defaults.</summary>
    public static void Add(IServiceCollection services, HubOptions options)
    {
        // Who puts the hub together may have brought his own.
        services.TryAddSingleton(
            new AccessOptions { PerKey = options.Limits.KeyRequestsPerMinute, PerUser = options.Limits.UserRequestsPerMinute }
        );
        services.TryAddSingleton(
            new SmtpOptions
            {
                HostName = options.Smtp.HostName,
                IntakeDomain = options.Smtp.IntakeDomain,
                RequireTls = options.Smtp.RequireTls,
                MostMessageBytes = (int)options.Limits.ItemBytes,
            }
        );
        if (options.Notices.Problem() is { } problem)
        {
            throw new SettingsException(problem);
        }

        if (options.Retention.Problem() is { } terms)
        {
            throw new SettingsException([terms]);
        }

        services.TryAddSingleton(options.Retention.ToTerms());
        services.TryAddSingleton(options.Notices);
        services.TryAddSingleton(options.Sharing);
        services.TryAddSingleton(options.Reports);
        _ = (options.Delivery.Targets(), options.Delivery.Networks());
        services.TryAddSingleton(options.Delivery);
        services.TryAddSingleton(ListOf(options.Accounts));
        services.TryAddSingleton(provider => new SmtpEndpoint(() => provider.GetRequiredService<ServerCertificates>().Current));
        services.TryAddSingleton<SmtpKeyLookup>(provider =>
            async (secret, _) =>
                await provider.GetRequiredService<ApiKeys>().FindAsync(secret) is { } key
                && key.Scopes.Contains("provide", StringComparer.Ordinal)
                && provider.GetRequiredService<Authentication>().IsMember(key.Organization)
                    ? Authentication.ActorOf(key)
                    : null
        );
        services.AddSingleton(provider => new BoundAddress("smtp", () => provider.GetRequiredService<SmtpHost>().Bound?.ToString()));
    }
}
