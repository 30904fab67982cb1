using System.Globalization;
using System.Net;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Demo;
using Noroshi.Server.Hosting.Tls;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Hosting;

/// <summary>How something is.</summary>
internal enum HealthState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Somebody should look; the hub works.</summary>
    Warning,

    /// <summary>The hub cannot take anything.</summary>
    Failed,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">How it is.</param>
/// <param name="Value">A code or number; no content.</param>
internal sealed record HealthCheck(string Name, HealthState State, string Value);

/// <summary>Looks whether the hub is fit: store, room on the disk, jail of the parser, lag of the steps, certificate.</summary>
internal sealed class Health(HubSettings settings, IHubStore store, ServerCertificates certificates, StepBook steps, TimeProvider time)
    : IDisposable
{
    private const long ManyWaiting = 10_000;
    private const int CertificateDays = 14;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private JailReport? _jail;
    private string? _noJail;

    /// <summary>All checks.</summary>
    public async Task<IReadOnlyList<HealthCheck>> LookAsync(CancellationToken cancellation) =>
        [Store(), Disk(), await WorkerAsync(cancellation), await StepsAsync(cancellation), Certificate()];

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private HealthCheck Store() =>
        store.Failure.IsCompleted ? new("store", HealthState.Failed, "failed") : new("store", HealthState.Ok, "ok");

    private HealthCheck Disk()
    {
        var free = new DriveInfo(settings.DataFolder).AvailableFreeSpace;
        var state = free < settings.Options.Limits.DiskRoomBytes ? HealthState.Failed : HealthState.Ok;
        return new HealthCheck("disk-room", state, free.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The grade does not change while the hub runs: looked at once.</summary>
    private async Task<HealthCheck> WorkerAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_jail is null && _noJail is null)
            {
                await using var pool = new WorkerPool(WorkerCommand.Find(), new WorkerLimits(), time);
                _jail = await pool.ReportAsync();
            }
        }
        catch (Exception error) when (error is JailException or FileNotFoundException)
        {
            _noJail = error.GetType().Name;
        }
        finally
        {
            _turn.Release();
        }

        return _jail is { } jail
            ? new HealthCheck("worker", jail.Grade == JailGrade.A ? HealthState.Ok : HealthState.Warning, $"grade {jail.Grade}")
            : new HealthCheck("worker", HealthState.Warning, _noJail ?? "");
    }

    private async Task<HealthCheck> StepsAsync(CancellationToken cancellation)
    {
        var all = await steps.AllAsync(cancellation);
        var lanes = all.Steps.SelectMany(one => one.Lanes).ToList();
        var (ahead, givenUp) = (lanes.Sum(one => one.Remaining + one.Waiting), lanes.Sum(one => one.Quarantined));
        var state = ahead > ManyWaiting || givenUp > 0 ? HealthState.Warning : HealthState.Ok;
        return new HealthCheck(
            "steps",
            state,
            string.Create(
                CultureInfo.InvariantCulture,
                $"waiting {ahead}, given up {givenUp}, mails in the situation {all.Judged.Mails}, coming {all.Judged.Ahead}"
            )
        );
    }

    private HealthCheck Certificate()
    {
        if (certificates.Current is not { } current)
        {
            return new HealthCheck("certificate", HealthState.Ok, "none");
        }

        var until = current.NotAfter.ToUniversalTime();
        var soon = until < time.GetUtcNow().UtcDateTime.AddDays(CertificateDays);
        return certificates.Problem is { } problem
            ? new HealthCheck("certificate", HealthState.Warning, problem)
            : new HealthCheck(
                "certificate",
                soon ? HealthState.Warning : HealthState.Ok,
                until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            );
    }
}

/// <summary>Routes of health and metrics.</summary>
internal static class HealthRoutes
{
    /// <summary>Makes them.</summary>
    public static void Map(Routes routes)
    {
        routes
            .Get("/health/live", Policies.Anybody, (HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, "live", []))
            .WithSummary("The process runs.")
            .WithTags("health");
        routes
            .Get("/health/ready", Policies.Anybody, ReadyAsync)
            .WithSummary("The hub takes provisions. From loopback and for administrators with every check.")
            .WithTags("health");
        routes
            .Get("/metrics", Policies.Anybody, MetricsAsync)
            .WithSummary("Metrics in the text format of Prometheus: from loopback, or with an administrator's key.")
            .WithTags("health");
    }

    private static async Task ReadyAsync(HttpContext context)
    {
        var checks = await context.RequestServices.GetRequiredService<Health>().LookAsync(context.RequestAborted);
        var ready = checks.All(one => one.State != HealthState.Failed);
        await WriteAsync(
            context,
            ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            ready ? "ready" : "not-ready",
            MaySee(context) ? checks : []
        );
    }

    private static async Task MetricsAsync(HttpContext context)
    {
        if (!MaySee(context))
        {
            throw new ProblemException(ProblemKind.Unauthenticated);
        }

        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(context.RequestServices.GetRequiredService<Exposition>().Text(), context.RequestAborted);
    }

    /// <summary>Somebody of this machine itself, not through a proxy that nobody has listed, or who looks after the hub.</summary>
    private static bool MaySee(HttpContext context)
    {
        var headers = context.Request.Headers;
        var passedOn = headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded") || headers.ContainsKey("Via");
        var local = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !passedOn;
        var actor = context.Actor();
        return local || actor.Is(Role.Administrator) || actor.Is(Role.Auditor);
    }

    private static async Task WriteAsync(HttpContext context, int status, string text, IReadOnlyList<HealthCheck> checks)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status", text);
            DemoPage.WriteState(json, context.RequestServices.GetService<DemoState>());
            if (checks.Count > 0)
            {
                json.WriteStartArray("checks");
                foreach (var check in checks)
                {
                    json.WriteStartObject();
                    json.WriteString("name", check.Name);
                    json.WriteString("state", check.State.ToString().ToLowerInvariant());
                    json.WriteString("value", check.Value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
    }
}
