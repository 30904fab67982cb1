using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>Who may come in: limits of all connections together, of one address, and of how often one address comes.</summary>
internal sealed class SmtpGate(SmtpOptions options, TimeProvider clock)
{
    /// <summary>Addresses whose comings are counted in one minute; more are held by the other limits alone.</summary>
    private const int MostCounted = 65_536;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly Dictionary<IPAddress, int> _recent = [];
    private long _minute = clock.GetTimestamp();
    private int _all;

    /// <summary>Connections now.</summary>
    public int Connections
    {
        get
        {
            lock (_lock)
            {
                return _all;
            }
        }
    }

    /// <summary>Lets a connection in; it leaves by disposing. Null when it has to stay outside.</summary>
    public IDisposable? Enter(IPAddress address)
    {
        var place = PlaceOf(address);
        lock (_lock)
        {
            if (clock.GetElapsedTime(_minute) >= TimeSpan.FromMinutes(1))
            {
                _minute = clock.GetTimestamp();
                _recent.Clear();
            }

            if (_recent.Count < MostCounted || _recent.ContainsKey(place))
            {
                ref var times = ref CollectionsMarshal.GetValueRefOrAddDefault(_recent, place, out _);
                times = Math.Min(times + 1, int.MaxValue - 1);
                if (times > options.MostNewConnectionsPerMinute)
                {
                    return null;
                }
            }

            if (_all >= options.MostConnections || _open.GetValueOrDefault(place) >= options.MostConnectionsPerAddress)
            {
                return null;
            }

            _all++;
            _open[place] = _open.GetValueOrDefault(place) + 1;
            return new Place(this, place);
        }
    }

    /// <summary>One customer of a provider has a whole network of 64 bits in IPv6.</summary>
    private static IPAddress PlaceOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    private void Leave(IPAddress place)
    {
        lock (_lock)
        {
            _all--;
            var left = _open.GetValueOrDefault(place) - 1;
            if (left > 0)
            {
                _open[place] = left;
            }
            else
            {
                _open.Remove(place);
            }
        }
    }

    private sealed class Place(SmtpGate gate, IPAddress place) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                gate.Leave(place);
            }
        }
    }
}
