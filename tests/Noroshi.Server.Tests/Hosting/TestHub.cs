using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Tests.Hosting;

/// <summary>A whole hub in a folder of its own, listening on a free port of loopback.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly bool _ownsFolder;

    private TestHub(string folder, bool ownsFolder, WebApplication app)
    {
        (Folder, _ownsFolder, App) = (folder, ownsFolder, app);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First() ?? "");
    }

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    public WebApplication App { get; }

    public Uri Address { get; }

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>Starts a hub; with a folder of an earlier one it goes on from there.</summary>
    public static async Task<TestHub> StartAsync(
        string? folder = null,
        Action<IServiceCollection>? more = null,
        Func<HubSettings, HubSettings>? change = null
    )
    {
        var root = folder ?? Directory.CreateTempSubdirectory("noroshi-hub-").FullName;
        var settings = new HubSettings
        {
            DataFolder = Path.Combine(root, "data"),
            MasterKeyFile = Path.Combine(root, "master-key"),
            Url = "http://127.0.0.1:0",
            Options = new HubOptions { Log = new LogOptions { Level = "error" } },
        };
        var app = await HubHost.BuildAsync(
            change?.Invoke(settings) ?? settings,
            services =>
            {
                services.AddSingleton<IStartupFilter, ActorFromTest>();
                more?.Invoke(services);
            }
        );
        await app.StartAsync();
        return new TestHub(root, folder is null, app);
    }

    /// <summary>A client that acts as somebody, past authentication.</summary>
    public HttpClient As(Actor actor)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add(
            ActorFromTest.Header,
            JsonSerializer.Serialize(
                new ActorFromTest.Told(
                    actor.Kind,
                    actor.Id,
                    actor.Organization,
                    actor.Window,
                    [.. actor.Roles],
                    [.. actor.Scopes],
                    actor.SecondFactor
                )
            )
        );
        return client;
    }

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Exists in tests only: the hub has no such header.</summary>
    private sealed class ActorFromTest : IStartupFilter
    {
        public const string Header = "Test-Actor";

        public sealed record Told(
            ActorKind Kind,
            string Id,
            string? Organization,
            string? Window,
            Role[] Roles,
            string[] Scopes,
            bool SecondFactor
        );

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, further) =>
                    {
                        if (context.Request.Headers.TryGetValue(Header, out var text))
                        {
                            var told = JsonSerializer.Deserialize<Told>(text.ToString()) ?? throw new InvalidOperationException("no actor");
                            context.SetActor(
                                new Actor
                                {
                                    Kind = told.Kind,
                                    Id = told.Id,
                                    Organization = told.Organization,
                                    Window = told.Window,
                                    Roles = told.Roles.ToHashSet(),
                                    Scopes = told.Scopes.ToHashSet(StringComparer.Ordinal),
                                    SecondFactor = told.SecondFactor,
                                }
                            );
                        }

                        return further(context);
                    }
                );
                next(app);
            };
    }
}
