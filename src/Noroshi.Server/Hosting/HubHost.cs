using Microsoft.AspNetCore.Hosting;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Judgement;
using Noroshi.Server.Notices;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Search;
using Noroshi.Server.Smtp;
using Noroshi.Storage;
using Noroshi.Storage.Keys;
using Noroshi.Storage.Sqlite;

namespace Noroshi.Server.Hosting;

/// <summary>The hub as a running thing: store, registers, steps, listeners.</summary>
internal static class HubHost
{
    /// <summary>Opens the data folder and puts the hub together; it does not listen yet.</summary>
    /// <param name="settings">Where.</param>
    /// <param name="more">Further services: tests bring a clock and actors of their own.</param>
    /// <exception cref="StorageException">The data folder or the master key cannot be used.</exception>
    public static async Task<WebApplication> BuildAsync(HubSettings settings, Action<IServiceCollection>? more = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Url);
        var services = builder.Services;
        AddCore(services, settings, more);
        IdentityPart.Add(services);
        IntakePart.Add(services);
        SmtpPart.Add(services);
        PipelinePart.Add(services);
        NoticesPart.Add(services);
        JudgementPart.Add(services);
        SearchPart.Add(services);
        ApiPart.Add(services);

        var app = builder.Build();
        await app.Services.GetRequiredService<HubRecords>().LoadAsync(CancellationToken.None);
        var routes = new Routes(app);
        IdentityPart.Map(routes);
        IntakePart.Map(routes);
        SmtpPart.Map(routes);
        PipelinePart.Map(routes);
        NoticesPart.Map(routes);
        JudgementPart.Map(routes);
        SearchPart.Map(routes);
        ApiPart.Map(routes);
        return app;
    }

    /// <summary>What every hub has, also one that listens to nobody: store, community, intake.</summary>
    public static void AddCore(IServiceCollection services, HubSettings settings, Action<IServiceCollection>? more = null)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        more?.Invoke(services);
        services.AddSingleton<IHubStore>(provider => OpenStore(settings, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HubRecords>();
        AddRegister(services, "organization", CommunityJson.Default.Organization);
        AddRegister(services, "group", CommunityJson.Default.IndustryGroup);
        AddRegister(services, "scheme", CommunityJson.Default.AffiliatedScheme);
        AddRegister(services, "hub", CommunityJson.Default.HubRecord);
        services.AddSingleton<Community>();
        services.AddSingleton<ProvisionIntake>();
    }

    /// <summary>Adds a register: its kind is the kind of its documents.</summary>
    public static void AddRegister<T>(
        IServiceCollection services,
        string kind,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json
    )
        where T : class
    {
        services.AddSingleton(new Register<T>(kind, json));
        services.AddSingleton<IRegister>(provider => provider.GetRequiredService<Register<T>>());
    }

    private static SqliteHubStore OpenStore(HubSettings settings, TimeProvider time)
    {
        var keys = File.Exists(settings.MasterKeyFile)
            ? MasterKeyFile.Load(settings.MasterKeyFile, settings.DataFolder)
            : MasterKeyFile.Create(settings.MasterKeyFile, settings.DataFolder);
        return SqliteHubStore.Open(
            new StoreOptions
            {
                DataFolder = settings.DataFolder,
                Keys = keys,
                ErasureRegister = Path.Combine(
                    Path.GetDirectoryName(Path.GetFullPath(settings.MasterKeyFile)) ?? "/",
                    StoreOptions.RegisterName
                ),
                Time = time,
            }
        );
    }
}
