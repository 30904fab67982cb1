using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Noroshi.Server.Hosting;

/// <summary>What the hub counts. No label is content: routes are patterns, statuses are classes.</summary>
internal static class HubMeters
{
    /// <summary>Name of the meter; other parts may make instruments of their own under it.</summary>
    public const string Name = "Noroshi";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("noroshi.http.requests", description: "HTTP requests");
    private static readonly Counter<double> Seconds = Meter.CreateCounter<double>(
        "noroshi.http.seconds",
        description: "Time spent in HTTP requests"
    );
    private static readonly Counter<long> Provided = Meter.CreateCounter<long>(
        "noroshi.provisions",
        description: "Provisions acknowledged"
    );
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>(
        "noroshi.provision.bytes",
        description: "Bytes of acknowledged provisions"
    );

    /// <summary>A request has ended.</summary>
    public static void Request(string method, string route, int status, TimeSpan took)
    {
        var known = method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "PATCH" or "OPTIONS" ? method : "other";
        var tags = new TagList
        {
            { "method", known },
            { "route", route.Length == 0 ? "none" : route },
            { "status", $"{status / 100}xx" },
        };
        Requests.Add(1, tags);
        Seconds.Add(took.TotalSeconds, tags);
    }

    /// <summary>A provision was acknowledged.</summary>
    public static void Provision(string way, bool repeated, long bytes)
    {
        var tags = new TagList { { "way", way }, { "repeated", repeated ? "true" : "false" } };
        Provided.Add(1, tags);
        Bytes.Add(bytes, tags);
    }
}

/// <summary>Listens to the hub's meter and writes it in the text format of Prometheus (0.0.4).</summary>
internal sealed class Exposition : IDisposable
{
    private const int MostSeries = 5_000;
    private readonly ConcurrentDictionary<(string Name, string Labels), double> _values = new();
    private readonly ConcurrentDictionary<string, (string Type, string Help)> _instruments = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public Exposition()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HubMeters.Name || instrument.Meter.Name.StartsWith(HubMeters.Name + ".", StringComparison.Ordinal))
            {
                var adds = IsCounter(instrument);
                _instruments[Clean(instrument.Name)] = (adds ? "counter" : "gauge", instrument.Description ?? instrument.Name);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything that was counted up to now.</summary>
    public string Text()
    {
        _listener.RecordObservableInstruments();
        using var process = Process.GetCurrentProcess();
        var text = new StringBuilder();
        foreach (var group in _values.GroupBy(one => one.Key.Name, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var (type, help) = _instruments.TryGetValue(group.Key, out var known) ? known : ("gauge", group.Key);
            var name = type == "counter" ? group.Key + "_total" : group.Key;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
            foreach (var ((_, labels), value) in group.OrderBy(one => one.Key.Labels, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R}\n");
            }
        }

        Gauge(text, "process_resident_memory_bytes", "Memory in use", process.WorkingSet64);
        Gauge(text, "process_cpu_seconds", "Processor time used", process.TotalProcessorTime.TotalSeconds);
        Gauge(text, "dotnet_gc_heap_bytes", "Managed memory in use", GC.GetTotalMemory(forceFullCollection: false));
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static bool IsCounter(Instrument instrument)
    {
        var type = instrument.GetType();
        return type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(Counter<>) || type.GetGenericTypeDefinition() == typeof(ObservableCounter<>));
    }

    private static void Gauge(StringBuilder text, string name, string help, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value:R}\n");

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (Clean(instrument.Name), Labels(tags));
        if (_values.Count >= MostSeries && !_values.ContainsKey(key))
        {
            return;
        }

        var adds = instrument is Counter<long> or Counter<double> or Counter<int>;
        _values.AddOrUpdate(key, value, (_, before) => adds ? before + value : value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder("{");
        foreach (var (name, value) in tags)
        {
            var escaped = (value?.ToString() ?? "")
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(text.Length > 1 ? "," : "").Append(Clean(name)).Append("=\"").Append(escaped).Append('"');
        }

        return text.Append('}').ToString();
    }

    private static string Clean(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
