// A proof of work for a receipt code: finds a number so that the SHA-256 digest of
// "challenge:number" begins with enough zero bits, then sends the form. Runs on the page alone.
(function () {
  "use strict";
  var form = document.getElementById("proof-form");
  var challenge = form.elements.challenge.value;
  var bits = Number(form.getAttribute("data-bits"));
  var K = [], H0 = [];
  (function constants() {
    var frac = function (x) { return ((x - Math.floor(x)) * 4294967296) | 0; };
    for (var n = 2; K.length < 64; n += 1) {
      var prime = true;
      for (var d = 2; d * d <= n; d += 1) { if (n % d === 0) { prime = false; break; } }
      if (prime) {
        if (H0.length < 8) { H0.push(frac(Math.pow(n, 1 / 2))); }
        K.push(frac(Math.pow(n, 1 / 3)));
      }
    }
  }());
  function rotate(x, n) { return (x >>> n) | (x << (32 - n)); }
  function sha256(text) {
    var length = text.length, blocks = ((length + 8) >> 6) + 1, m = [], i, t, w = new Array(64);
    for (i = 0; i < blocks * 16; i += 1) { m[i] = 0; }
    for (i = 0; i < length; i += 1) { m[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8); }
    m[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    m[blocks * 16 - 1] = length * 8;
    var h = H0.slice();
    for (i = 0; i < m.length; i += 16) {
      var a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
      for (t = 0; t < 64; t += 1) {
        if (t < 16) { w[t] = m[i + t]; } else {
          var x = w[t - 15], y = w[t - 2];
          w[t] = (w[t - 16] + (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) + w[t - 7] +
            (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10))) | 0;
        }
        var one = (k + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
        var two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      h[0] = (h[0] + a) | 0; h[1] = (h[1] + b) | 0; h[2] = (h[2] + c) | 0; h[3] = (h[3] + d) | 0;
      h[4] = (h[4] + e) | 0; h[5] = (h[5] + f) | 0; h[6] = (h[6] + g) | 0; h[7] = (h[7] + k) | 0;
    }
    return h;
  }
  // At most 32 bits are asked for.
  function isEnough(h) { return (h[0] >>> (32 - bits)) === 0; }
  function work(number) {
    var until = Date.now() + 50;
    do {
      if (isEnough(sha256(challenge + ":" + number))) {
        form.elements.nonce.value = String(number);
        form.submit();
        return;
      }
      number += 1;
    } while (Date.now() < until);
    setTimeout(function () { work(number); }, 0);
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    document.getElementById("proof-working").hidden = false;
    work(0);
  });
}());
