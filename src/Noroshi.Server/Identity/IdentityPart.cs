using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>Puts users, roles, keys, sessions, the community and who may see what into the hub.</summary>
internal static class IdentityPart
{
    /// <summary>What OWASP asks for of PBKDF2 with SHA-512.</summary>
    private const int PasswordRounds = 210_000;

    /// <summary>Accounts and keys, also for a hub that listens to nobody.</summary>
    public static void AddAccounts(IServiceCollection services)
    {
        services.TryAddSingleton(new SecurityClock(TimeProvider.System));
        services.TryAddSingleton(new AccountOptions());
        services.TryAddSingleton(BreachedPasswords.None);
        HubHost.AddRegister(services, "user", IdentityRecords.Default.User);
        HubHost.AddRegister(services, "api-key", IdentityRecords.Default.ApiKey);
        HubHost.AddRegister(services, "confirmation", IdentityRecords.Default.StaffConfirmation);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordRounds);
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<Users>();
        services.AddSingleton<UserAddresses>();
        services.AddSingleton<ApiKeys>();
    }

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        AddAccounts(services);
        services.TryAddSingleton(new AccessOptions());
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<Authentication>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Scope>();
        services.AddSingleton<SetupToken>();
        services.AddSingleton<AccountWorld>();
        services.AddSingleton(provider => new SessionWorld(
            provider.GetRequiredService<Community>(),
            provider.GetRequiredService<IHubStore>().Journal
        ));
        services.AddSingleton<ConfirmationBook>();
        services.AddSingleton<AccountCare>();
        services.AddSingleton<IStartupFilter, PolicyCheck>();
        services.AddHostedService<IdentityStart>();
        services.AddHostedService<IdentityWork>();
        AddFramework(services);
        AddObjectTypes(services);
        foreach (var routes in new[] { typeof(SetupRoutes), typeof(SessionRoutes), typeof(OwnSessionRoutes), typeof(PasskeyRoutes) })
        {
            services.AddSingleton(routes);
        }

        foreach (
            var routes in new[]
            {
                typeof(OrganizationRoutes),
                typeof(GroupRoutes),
                typeof(UserRoutes),
                typeof(AddressRoutes),
                typeof(KeyRoutes),
            }
        )
        {
            services.AddSingleton(routes);
        }
    }

    /// <summary>The gate, in front of everything that answers.</summary>
    public static void Use(IApplicationBuilder app) => app.UseMiddleware<Gate>();

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var services = routes.Services;
        services.GetRequiredService<SetupRoutes>().Map(routes, services.GetRequiredService<Register<HubRecord>>());
        services.GetRequiredService<SessionRoutes>().Map(routes);
        services.GetRequiredService<OwnSessionRoutes>().Map(routes);
        services.GetRequiredService<PasskeyRoutes>().Map(routes);
        services.GetRequiredService<OrganizationRoutes>().Map(routes);
        services.GetRequiredService<GroupRoutes>().Map(routes);
        services.GetRequiredService<UserRoutes>().Map(routes);
        services.GetRequiredService<AddressRoutes>().Map(routes);
        services.GetRequiredService<KeyRoutes>().Map(routes);
    }

    private static void AddFramework(IServiceCollection services)
    {
        services.AddIdentityCore<User>().AddUserStore<AccountStore>();
        services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services
            .AddOptions<IdentityPasskeyOptions>()
            .Configure<AccountOptions>(
                (options, accounts) =>
                {
                    options.ServerDomain = accounts.PasskeyDomain;
                    options.UserVerificationRequirement = "required";
                    options.ResidentKeyRequirement = "required";
                    // The page that asked has to be one of this hub, whatever headers came with it.
                    options.ValidateOrigin = asked =>
                        ValueTask.FromResult(
                            !asked.CrossOrigin
                                && string.Equals(
                                    asked.Origin,
                                    $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}",
                                    StringComparison.OrdinalIgnoreCase
                                )
                        );
                }
            );
        services.AddDataProtection().SetApplicationName("noroshi");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IHubStore>((options, store) => options.XmlRepository = new StoreXmlRepository(store));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, IdentityApi.Default);
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.MaxDepth = 32;
            options.SerializerOptions.ReadCommentHandling = JsonCommentHandling.Disallow;
        });
    }

    private static void AddObjectTypes(IServiceCollection services)
    {
        services.AddObjectType(provider => new ObjectType<Organization>(
            "organization",
            OrganizationRights(),
            one => new Owner(one.Id),
            FromRegister<Organization>(provider)
        ));
        services.AddObjectType(provider => new ObjectType<User>(
            "user",
            ManagedRights(),
            one => new Owner(one.Organization, one.Window),
            (id, _) => ValueTask.FromResult(provider.GetRequiredService<Users>().Find(id))
        ));
        services.AddObjectType(provider => new ObjectType<ApiKey>(
            "key",
            ManagedRights(),
            one => new Owner(one.Organization, one.Window),
            (id, _) => ValueTask.FromResult(provider.GetRequiredService<ApiKeys>().All.FirstOrDefault(one => one.Id == id))
        ));
        services.AddObjectType(provider => new ObjectType<StaffConfirmation>(
            "confirmation",
            new Rights()
                .Allow(Extent.Own, Role.OrganizationAdmin, Verb.Read, Verb.Change)
                .Allow(Extent.All, [Role.Coordinator, Role.Administrator], Verb.Read, Verb.Change),
            one => new Owner(one.Organization),
            FromRegister<StaffConfirmation>(provider)
        ));
        services.AddObjectType(provider => new ObjectType<IndustryGroup>(
            "group",
            new Rights()
                .Allow(Extent.All, Enum.GetValues<Role>(), Verb.Read)
                .Allow(Extent.All, [Role.Coordinator, Role.Administrator], Verb.Create, Verb.Change),
            _ => default,
            FromRegister<IndustryGroup>(provider)
        ));
        services.AddObjectType(provider => new ObjectType<AffiliatedScheme>(
            "scheme",
            new Rights()
                .Allow(Extent.All, [Role.Analyst, Role.Auditor], Verb.Read)
                .Allow(Extent.All, [Role.Coordinator, Role.Administrator], Verb.Read, Verb.Create, Verb.Change),
            one => new Owner(one.Relay),
            FromRegister<AffiliatedScheme>(provider)
        ));
    }

    private static Rights OrganizationRights() =>
        new Rights()
            .Allow(Extent.Own, RoleTable.Member, Verb.Read)
            .Allow(Extent.Own, Role.OrganizationAdmin, Verb.Change)
            .Allow(Extent.All, [Role.Analyst, Role.Auditor], Verb.Read)
            .Allow(Extent.All, [Role.Coordinator, Role.Administrator], Verb.Read, Verb.Create, Verb.Change);

    private static Rights ManagedRights() =>
        new Rights()
            .Allow(Extent.Own, Role.OrganizationAdmin, Enum.GetValues<Verb>())
            .Allow(Extent.All, Role.Administrator, Enum.GetValues<Verb>());

    private static Func<string, CancellationToken, ValueTask<T?>> FromRegister<T>(IServiceProvider provider)
        where T : class => (id, _) => ValueTask.FromResult(provider.GetRequiredService<Register<T>>().Find(id)?.Value);
}
