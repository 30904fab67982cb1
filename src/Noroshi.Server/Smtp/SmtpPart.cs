using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp;

/// <summary>
/// Puts the way in by mail into the hub. Other parts may register before it: <see cref="SmtpOptions"/> (else the defaults),
/// <see cref="SmtpEndpoint"/> (certificate), <see cref="SmtpKeyLookup"/> (keys).
/// </summary>
internal static class SmtpPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        AddAddresses(services);
        services.AddSingleton<IntakeAccounts>();
        services.TryAddSingleton(new SmtpEndpoint(static () => null));
        services.TryAddSingleton<SmtpKeyLookup>(static provider =>
        {
            var keys = provider.GetRequiredService<ApiKeys>();
            return async (secret, _) => await keys.FindAsync(secret) is { } key ? Authentication.ActorOf(key) : null;
        });
        services.AddSingleton<ISmtpReception, HubReception>();
        services.AddSingleton<SmtpServices>();
        services.AddSingleton<SmtpHost>();
        services.AddHostedService(static provider => provider.GetRequiredService<SmtpHost>());
        services.AddSingleton<IntakeAddressRoutes>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, IntakeAddressApi.Default));
        services.AddObjectType(provider => new ObjectType<OwnedAddress>(
            "intake-address",
            new Rights()
                .Allow(Extent.Own, Role.OrganizationAdmin, Verb.Read, Verb.Create, Verb.Remove)
                .Allow(Extent.All, [Role.Coordinator, Role.Administrator], Verb.Read, Verb.Create, Verb.Remove),
            one => new Owner(one.Address.Organization, one.Address.Window),
            (id, _) =>
                ValueTask.FromResult(
                    provider.GetRequiredService<IntakeAddresses>().Find(id) is { } address ? new OwnedAddress(id, address) : null
                )
        ));
    }

    /// <summary>What it takes to issue addresses, also where no listener runs.</summary>
    public static void AddAddresses(IServiceCollection services)
    {
        HubHost.AddRegister(services, IntakeAddresses.Kind, IntakeAddressJson.Default.IntakeAddress);
        services.AddSingleton<IntakeAddresses>();
        services.TryAddSingleton(new SmtpOptions());
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.Services.GetRequiredService<IntakeAddressRoutes>().Map(routes);
    }
}
