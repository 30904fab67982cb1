using Noroshi.Bench.Soak;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hostile;

/// <summary>The reader of the strace log of <c>noroshi soak hostile</c>: it must see what it is there to see.</summary>
public sealed class SystemCallLogTests
{
    private static readonly string[] Start =
    [
        "10 openat(AT_FDCWD, \"/repo/out/lock\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 9",
        "10 execve(\"/usr/bin/dotnet\", [\"dotnet\", \"/repo/out/app/noroshi.dll\", \"analyze\"], 0x7f /* 9 vars */) = 0",
        "10 clone3({flags=CLONE_VM|CLONE_VFORK, exit_signal=SIGCHLD}, 88) = 20",
        "20 execve(\"/usr/share/dotnet/dotnet\", [\"dotnet\", \"exec\", \"/repo/out/app/worker/noroshi-worker.dll\"], 0x7f /* 8 vars */) = 0",
        "20 clone3({flags=CLONE_VM|CLONE_THREAD}, 88 <unfinished ...>",
        "20 <... clone3 resumed>) = 21",
    ];

    [Fact]
    public void An_ordinary_run_has_no_fault()
    {
        var log = Read(
            "20 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = -1 EPERM (Operation not permitted)",
            "10 openat(AT_FDCWD, \"/tmp/run/spool/abc\", O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC, 0600) = 5",
            "10 unlink(\"/tmp/run/spool/abc\") = 0",
            "10 openat(AT_FDCWD, \"/dev/null\", O_WRONLY|O_CLOEXEC) = 6",
            "21 openat(AT_FDCWD, \"/proc/self/task/21/comm\", O_RDWR) = 3",
            "10 openat(AT_FDCWD, \"/mails/a.eml\", O_RDONLY|O_CLOEXEC) = 7"
        );
        log.Faults.ShouldBeEmpty();
        log.Workers.ShouldBe(1);
        log.RefusedSockets.ShouldBe(1);
        log.SpoolFiles.ShouldBe(1);
    }

    [Theory]
    [InlineData("10 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5")]
    [InlineData("10 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = -1 EPERM (Operation not permitted)")]
    [InlineData("21 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5")]
    [InlineData("21 socket(AF_UNIX, SOCK_STREAM, 0) = 5")]
    [InlineData("10 connect(5, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0")]
    [InlineData("21 sendto(5, \"x\", 1, 0, NULL, 0) = 1")]
    [InlineData("10 openat(AT_FDCWD, \"/home/a\", O_WRONLY|O_CREAT, 0666) = 5")]
    [InlineData("10 openat(AT_FDCWD, \"/tmp/run/spool/../a\", O_WRONLY|O_CREAT, 0666) = 5")]
    [InlineData("21 openat(AT_FDCWD, \"/tmp/run/spool/a\", O_WRONLY|O_CREAT, 0666) = 5")]
    [InlineData("21 open(\"/tmp/a\", O_RDWR) = 5")]
    [InlineData("10 rename(\"/mails/a.eml\", \"/mails/b.eml\") = 0")]
    [InlineData("10 mkdir(\"/tmp/a\", 0777) = 0")]
    [InlineData("10 unlinkat(AT_FDCWD, \"/mails/a.eml\", 0) = 0")]
    [InlineData("20 execve(\"/bin/sh\", [\"sh\"], 0x7f /* 0 vars */) = 0")]
    public void What_must_not_be_is_a_fault(string line) => Read(line).Faults.ShouldHaveSingleItem();

    [Fact]
    public void A_call_in_two_lines_is_put_together()
    {
        Read("21 openat(AT_FDCWD, \"/home/a\", O_WRONLY|O_CREAT, 0666 <unfinished ...>", "10 close(4) = 0", "21 <... openat resumed>) = 5")
            .Faults.ShouldHaveSingleItem()
            .ShouldContain("/home/a");
        Read("21 +++ killed by SIGSEGV (core dumped) +++").Deaths.ShouldBe(1);
    }

    private static SystemCallLog Read(params string[] lines)
    {
        var log = new SystemCallLog("/tmp/run/spool");
        foreach (var line in Start.Concat(lines))
        {
            log.Add(line);
        }

        return log;
    }
}
