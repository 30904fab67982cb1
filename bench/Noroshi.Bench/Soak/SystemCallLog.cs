using System.Globalization;
using System.Text.RegularExpressions;

namespace Noroshi.Bench.Soak;

/// <summary>What a run asked of the kernel, read from <c>strace -f</c>: counts, and everything it should not have done.</summary>
internal sealed partial class SystemCallLog
{
    /// <summary>Groups that <c>strace -e trace=</c> has to show.</summary>
    public const string Trace =
        "%network,%process,open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,"
        + "symlink,symlinkat,truncate,chmod,fchmodat,chown,lchown,fchownat,mknod,mknodat,utimensat,setxattr,mount,umount2";

    private const int MostFaults = 50;

    private readonly string _spool;
    private readonly Dictionary<int, string> _unfinished = [];
    private readonly HashSet<int> _workers = [];
    private bool _begun;

    /// <param name="spool">The one folder in which files may be made.</param>
    public SystemCallLog(string spool) => _spool = spool.TrimEnd('/') + "/";

    /// <summary>System calls looked at, those before the hub began left out.</summary>
    public long Calls { get; private set; }

    /// <summary>Worker processes that were started.</summary>
    public int Workers { get; private set; }

    /// <summary>Sockets that a worker tried to make and the kernel refused: its own check of its jail, at its start.</summary>
    public int RefusedSockets { get; private set; }

    /// <summary>Sockets of this machine (AF_UNIX) that were made.</summary>
    public int LocalSockets { get; private set; }

    /// <summary>Files made in the spool folder.</summary>
    public int SpoolFiles { get; private set; }

    /// <summary>Processes that a signal of a fault ended (SIGSYS, SIGSEGV, SIGABRT).</summary>
    public int Deaths { get; private set; }

    /// <summary>What must not be.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Reads one line of the log.</summary>
    public void Add(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
        {
            return;
        }

        var process = int.Parse(match.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture);
        var text = match.Groups["text"].Value;
        if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
        {
            _unfinished[process] = text[..^"<unfinished ...>".Length];
            return;
        }

        if (Resumed().Match(text) is { Success: true } resumed)
        {
            text = _unfinished.GetValueOrDefault(process, "") + text[resumed.Length..];
            _unfinished.Remove(process);
        }

        Judge(process, text);
    }

    private void Judge(int process, string text)
    {
        if (text.StartsWith("+++ killed by SIG", StringComparison.Ordinal))
        {
            Deaths += _begun && Fatal().IsMatch(text) ? 1 : 0;
            return;
        }

        // What stands before is the script that builds when something is newer.
        if (text.StartsWith("execve(", StringComparison.Ordinal))
        {
            Started(process, text);
        }

        if (!_begun || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("+++", StringComparison.Ordinal))
        {
            return;
        }

        Calls++;
        if (Child().Match(text) is { Success: true } child && _workers.Contains(process))
        {
            _workers.Add(int.Parse(child.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture));
        }

        if (Network().IsMatch(text))
        {
            JudgeSocket(process, text);
        }
        else if (Changes().IsMatch(text))
        {
            JudgeChange(process, text);
        }
    }

    private void Started(int process, string text)
    {
        var well = text.TrimEnd().EndsWith("= 0", StringComparison.Ordinal);
        _begun |= well && text.Contains("noroshi.dll\"", StringComparison.Ordinal);
        if (_begun && well && text.Contains("noroshi-worker", StringComparison.Ordinal))
        {
            Workers += _workers.Add(process) ? 1 : 0;
        }
        else if (_begun && well && !text.Contains("noroshi.dll\"", StringComparison.Ordinal))
        {
            Fault(process, text);
        }
    }

    private void JudgeSocket(int process, string text)
    {
        var refused = text.Contains("= -1 EPERM", StringComparison.Ordinal) || text.Contains("= -1 EACCES", StringComparison.Ordinal);
        if (_workers.Contains(process) && refused && text.StartsWith("socket", StringComparison.Ordinal))
        {
            RefusedSockets++;
        }
        else if (!_workers.Contains(process) && text.Contains("AF_UNIX", StringComparison.Ordinal))
        {
            LocalSockets += text.StartsWith("socket", StringComparison.Ordinal) ? 1 : 0;
        }
        else
        {
            Fault(process, text);
        }
    }

    private void JudgeChange(int process, string text)
    {
        var path = Path().Match(text).Groups["path"].Value;
        var failed = text.Contains(" = -1 ", StringComparison.Ordinal);
        if (failed || path == "/dev/null" || ThreadName().IsMatch(path))
        {
            return;
        }

        if (
            !_workers.Contains(process)
            && path.StartsWith(_spool, StringComparison.Ordinal)
            && !path.Contains("..", StringComparison.Ordinal)
        )
        {
            SpoolFiles += text.Contains("O_CREAT", StringComparison.Ordinal) ? 1 : 0;
        }
        else
        {
            Fault(process, text);
        }
    }

    private void Fault(int process, string text)
    {
        if (Faults.Count < MostFaults)
        {
            Faults.Add($"{(_workers.Contains(process) ? "worker" : "hub")}: {(text.Length > 300 ? text[..300] : text)}");
        }
    }

    [GeneratedRegex(@"^(?<pid>\d+)\s+(?<text>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>,?\s?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Resumed();

    [GeneratedRegex(@"SIG(SYS|SEGV|ABRT|BUS|ILL|FPE)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fatal();

    [GeneratedRegex(@"^(clone3?|v?fork)\(.* = (?<pid>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Child();

    [GeneratedRegex(
        @"^(socket|socketpair|connect|bind|listen|accept4?|send\w+|recv\w+|shutdown|getsockname|getpeername|[gs]etsockopt)\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Network();

    [GeneratedRegex(
        @"^(open(at2?)?\(.*O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)|creat\(|rename|unlink|mkdir|rmdir|link|symlink|truncate|f?ch(mod|own)|lchown|mknod|utimens|setxattr|u?mount)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Changes();

    [GeneratedRegex(@"""(?<path>[^""]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();

    [GeneratedRegex(@"^/proc/self/task/\d+/comm$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ThreadName();
}
