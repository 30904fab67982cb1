using Microsoft.Extensions.Logging.Console;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Hosting;

/// <summary>Logs: one line of JSON each, on stderr.</summary>
internal static class Logs
{
    /// <summary>Sets them up.</summary>
    public static void Add(ILoggingBuilder logging, LogOptions options)
    {
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            json.IncludeScopes = false;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(Level(options.Level));
        // The framework's own messages name paths and addresses; ours are written to hold ids only. Its errors are caught at the front.
        logging.AddFilter("Microsoft", LogLevel.Critical);
        logging.AddFilter("System", LogLevel.Critical);
    }

    private static LogLevel Level(string text) =>
        text switch
        {
            "debug" => LogLevel.Debug,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        };
}
