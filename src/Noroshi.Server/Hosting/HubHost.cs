using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Hosting;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Demo;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Hosting.Tls;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Judgement;
using Noroshi.Server.Misp;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Portal;
using Noroshi.Server.Registers;
using Noroshi.Server.Reports;
using Noroshi.Server.Search;
using Noroshi.Server.Sharing;
using Noroshi.Server.Sharing.Delivery;
using Noroshi.Server.Smtp;
using Noroshi.Server.Statistics;
using Noroshi.Server.Taxii;
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
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static async Task<WebApplication> BuildAsync(HubSettings settings, Action<IServiceCollection>? more = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var addresses = ListenAddress.Read(settings);
        // Nothing of the framework's own configuration is read: a file in the working directory must not change the hub.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        Listening.Configure(builder.WebHost, addresses, settings.Options);
        AddServices(builder, settings, more);

        var app = builder.Build();
        try
        {
            await PrepareAsync(app, addresses);
            Front.Use(app, settings.Options);
            IdentityPart.Use(app);
            Map(new Routes(app));
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a register: its kind is the kind of its documents.</summary>
    public static void AddRegister<T>(IServiceCollection services, string kind, JsonTypeInfo<T> json)
        where T : class
    {
        services.AddSingleton(new Register<T>(kind, json));
        services.AddSingleton<IRegister>(provider => provider.GetRequiredService<Register<T>>());
    }

    /// <summary>Opens the store of a data folder, with a new master key when the folder is new.</summary>
    public static SqliteHubStore OpenStore(HubSettings settings, TimeProvider time, Func<StoreOptions, StoreOptions>? change = null)
    {
        // A key is made for a new folder only: beside existing data a new one would open nothing and hide that the right one is missing.
        var isNew = !File.Exists(Path.Combine(settings.DataFolder, "noroshi.db"));
        var keys =
            isNew && !File.Exists(settings.MasterKeyFile)
                ? MasterKeyFile.Create(settings.MasterKeyFile, settings.DataFolder)
                : MasterKeyFile.Load(settings.MasterKeyFile, settings.DataFolder);
        var options = new StoreOptions
        {
            DataFolder = settings.DataFolder,
            Keys = keys,
            ErasureRegister = SettingsReader.ErasureRegister(settings),
            Time = time,
        };
        return SqliteHubStore.Open(change?.Invoke(options) ?? options);
    }

    /// <summary>What every hub has, also one that listens to nobody: store, community, intake.</summary>
    public static void AddCore(IServiceCollection services, HubSettings settings, Action<IServiceCollection>? more = null)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Options);
        services.AddSingleton(TimeProvider.System);
        more?.Invoke(services);
        services.AddSingleton(provider => OpenStore(settings, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHubStore>(provider => provider.GetRequiredService<SqliteHubStore>());
        services.AddSingleton<HubRecords>();
        services.AddSingleton<IForgets>(provider => provider.GetRequiredService<HubRecords>());
        services.AddSingleton<Erasures>();
        AddRegister(services, "organization", CommunityJson.Default.Organization);
        AddRegister(services, "group", CommunityJson.Default.IndustryGroup);
        AddRegister(services, "scheme", CommunityJson.Default.AffiliatedScheme);
        AddRegister(services, "hub", CommunityJson.Default.HubRecord);
        services.AddSingleton<Community>();
        services.AddSingleton<AgreedPasswords>();
        services.AddSingleton<RelayPassword>();
        services.AddSingleton<KeyedMarks>();
        services.AddSingleton<OwnRepetitions>();
        services.AddSingleton<ProvisionIntake>();
    }

    private static void AddServices(WebApplicationBuilder builder, HubSettings settings, Action<IServiceCollection>? more)
    {
        var services = builder.Services;
        services.AddRouting();
        services.AddSingleton<IHostLifetime, NoSignals>();
        Logs.Add(builder.Logging, settings.Options.Log);
        AddCore(services, settings, more);
        services.AddSingleton<ServerCertificates>();
        services.AddHostedService(provider => provider.GetRequiredService<ServerCertificates>());
        services.AddHostedService<KeyRotation>();
        Front.Add(services, settings.Options);
        OptionsOfParts.Add(services, settings.Options);
        IdentityPart.Add(services);
        IntakePart.Add(services);
        SmtpPart.Add(services);
        PipelinePart.Add(services);
        NoticesPart.Add(services);
        JudgementPart.Add(services);
        SharingPart.Add(services);
        SearchPart.Add(services);
        TaxiiPart.Add(services);
        MispPart.Add(services);
        Reports.Outputs.OutputsPart.Add(services);
        DeliveryPart.Add(services);
        StatisticsPart.Add(services);
        ReportPart.Add(services);
        ReportPart.AddRound(services);
        PortalPart.Add(services);
        ApiPart.Add(services);
    }

    private static async Task PrepareAsync(WebApplication app, IReadOnlyList<ListenAddress> addresses)
    {
        var settings = app.Services.GetRequiredService<HubSettings>();
        await app.Services.GetRequiredService<HubRecords>().LoadAsync(CancellationToken.None);
        await app.Services.GetRequiredService<UserAddresses>().LoadAsync(CancellationToken.None);
        // Counts from the start on, not from the first time that somebody looks.
        app.Services.GetRequiredService<Exposition>();
        if (settings.Smtp is not null || addresses.Any(one => one.Tls))
        {
            await app.Services.GetRequiredService<ServerCertificates>().LoadAsync(CancellationToken.None);
        }
    }

    private static void Map(Routes routes)
    {
        IdentityPart.Map(routes);
        IntakePart.Map(routes);
        SmtpPart.Map(routes);
        PipelinePart.Map(routes);
        NoticesPart.Map(routes);
        JudgementPart.Map(routes);
        SharingPart.Map(routes);
        SearchPart.Map(routes);
        TaxiiPart.Map(routes);
        MispPart.Map(routes);
        Reports.Outputs.OutputsPart.Map(routes);
        DeliveryPart.Map(routes);
        StatisticsPart.Map(routes);
        ReportPart.Map(routes);
        ApiPart.Map(routes);
        PortalPart.Map(routes);
        DemoPart.Map(routes);
    }

    /// <summary>The command line watches the signals; two who do would end the process twice.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
